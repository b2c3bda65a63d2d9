package dev.madeleine.benchmarks.servers;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/** What a request does with its session. */
enum SessionUse {
  /** It never asks for it. */
  UNTOUCHED {
    @Override
    int views(HttpServletRequest request) {
      return SmallSession.FIRST_VIEWS;
    }
  },
  /** It looks at one attribute. */
  READ {
    @Override
    int views(HttpServletRequest request) {
      return viewsIn(request.getSession());
    }
  },
  /** It looks at one attribute and sets it to another value. */
  CHANGE {
    @Override
    int views(HttpServletRequest request) {
      HttpSession session = request.getSession();
      int next = viewsIn(session) + 1;
      session.setAttribute(SmallSession.VIEWS, next);
      return next;
    }
  };

  /** What the request has to say: the views in its session, or a constant if it does not ask. */
  abstract int views(HttpServletRequest request);

  private static int viewsIn(HttpSession session) {
    return session.getAttribute(SmallSession.VIEWS) instanceof Integer views ? views : 0;
  }
}
