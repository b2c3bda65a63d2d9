package dev.madeleine.frameworks;

import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.authc.AuthenticationException;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationListener;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.RememberMeAuthenticationToken;
import org.apache.shiro.subject.PrincipalCollection;
import org.apache.shiro.web.util.WebUtils;

/** Names the user by whom a session can be revoked; it lasts if they ask to be remembered. */
public class ShiroLogin implements AuthenticationListener {
  @Override
  public void onSuccess(AuthenticationToken token, AuthenticationInfo info) {
    HttpServletRequest request = WebUtils.getHttpRequest(SecurityUtils.getSubject());
    SessionFilter.login(request, info.getPrincipals().getPrimaryPrincipal().toString());
    if (token instanceof RememberMeAuthenticationToken asked && asked.isRememberMe()) {
      SessionFilter.session(request).remember(Duration.ofDays(14));
    }
  }

  @Override
  public void onFailure(AuthenticationToken token, AuthenticationException failure) {}

  @Override
  public void onLogout(PrincipalCollection principals) {}
}
