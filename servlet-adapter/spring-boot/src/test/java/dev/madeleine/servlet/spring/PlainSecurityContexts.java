package dev.madeleine.servlet.spring;

import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/** Who is logged in, as two plain attributes: a name and a list of authorities. */
@SuppressWarnings("deprecation") // The interface still asks for loadContext(holder).
class PlainSecurityContexts implements SecurityContextRepository {
  @Override
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    HttpSession session = holder.getRequest().getSession(false);
    if (session != null && session.getAttribute("user") instanceof String user) {
      @SuppressWarnings("unchecked")
      List<String> roles = (List<String>) session.getAttribute("roles");
      context.setAuthentication(
          UsernamePasswordAuthenticationToken.authenticated(
              user, null, AuthorityUtils.createAuthorityList(roles)));
    }
    return context;
  }

  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    Authentication user = context.getAuthentication();
    if (user == null) {
      return;
    }
    SessionFilter.login(request, user.getName());
    request.getSession().setAttribute("user", user.getName());
    request
        .getSession()
        .setAttribute(
            "roles", user.getAuthorities().stream().map(GrantedAuthority::getAuthority).toList());
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute("user") != null;
  }
}
