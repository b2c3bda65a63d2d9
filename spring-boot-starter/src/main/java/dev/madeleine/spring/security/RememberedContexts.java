package dev.madeleine.spring.security;

import dev.madeleine.Session;
import dev.madeleine.SessionPolicy;
import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.function.Supplier;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Another repository of security contexts, in front of which a login that is only remembered is
 * told from a full one: who returns to a remembered session later than any other session would have
 * lived is not fully authenticated until the next login.
 */
final class RememberedContexts implements SecurityContextRepository {
  private static final String CONTEXT =
      HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

  private final SecurityContextRepository repository;
  private final SessionPolicy policy;

  RememberedContexts(SecurityContextRepository repository, SessionPolicy policy) {
    this.repository = repository;
    this.policy = policy;
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return new Deferred(repository.loadDeferredContext(request), () -> lower(request));
  }

  @Override
  @Deprecated
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    lower(holder.getRequest());
    return repository.loadContext(holder);
  }

  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    repository.saveContext(context, request, response);
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return repository.containsContext(request);
  }

  /** Makes of a login that lasted longer than usual one that is only remembered. */
  private void lower(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null
        && isLate(SessionFilter.session(request))
        && session.getAttribute(CONTEXT) instanceof SecurityContext context
        && context.getAuthentication() != null
        && !(context.getAuthentication() instanceof RememberMeAuthenticationToken)) {
      session.setAttribute(
          CONTEXT, new SecurityContextImpl(remembered(context.getAuthentication())));
    }
  }

  private boolean isLate(Session session) {
    return session.isRemembered()
        && session.lastAccessed().plus(policy.idle()).isBefore(policy.now());
  }

  private static Authentication remembered(Authentication full) {
    Object principal = full.getPrincipal();
    return new RememberMeAuthenticationToken(
        "session", principal == null ? full.getName() : principal, full.getAuthorities());
  }

  /** A context that is loaded when it is asked for, behind a step of ours. */
  private static final class Deferred implements DeferredSecurityContext {
    private final DeferredSecurityContext context;
    private final Supplier<SecurityContext> loaded;

    Deferred(DeferredSecurityContext context, Runnable before) {
      this.context = context;
      loaded =
          () -> {
            before.run();
            return context.get();
          };
    }

    @Override
    public SecurityContext get() {
      return loaded.get();
    }

    @Override
    public boolean isGenerated() {
      return context.isGenerated();
    }
  }
}
