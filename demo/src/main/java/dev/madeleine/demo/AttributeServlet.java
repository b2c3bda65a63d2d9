package dev.madeleine.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** {@code POST /attributes} sets an attribute, or removes the one named {@code remove}. */
final class AttributeServlet extends HttpServlet {
  /** Attributes with a meaning of their own, which only their own code sets. */
  private static final Set<String> RESERVED =
      Set.of(Visits.ATTRIBUTE, LoginServlet.USER, LoginServlet.ID_BEFORE);

  private final Page page;

  AttributeServlet(Page page) {
    this.page = page;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      String remove = request.getParameter("remove");
      if (remove == null) {
        set(request);
      } else {
        request.getSession().removeAttribute(remove);
      }
      Answer.seeOther(response, "/#session");
    } catch (IllegalArgumentException e) {
      page.refused(request, response, String.valueOf(e.getMessage()));
    }
  }

  private static void set(HttpServletRequest request) {
    String name = parameter(request, "name");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an attribute needs a name");
    }
    if (RESERVED.contains(name)) {
      throw new IllegalArgumentException(
          "the attribute \"%s\" belongs to this page; choose another name".formatted(name));
    }
    AttributeKind kind = AttributeKind.named(parameter(request, "kind"));
    request.getSession().setAttribute(name, kind.value(parameter(request, "value")));
  }

  private static String parameter(HttpServletRequest request, String name) {
    String value = request.getParameter(name);
    return value == null ? "" : value.strip();
  }
}
