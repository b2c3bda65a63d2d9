package dev.madeleine.spring.security;

import dev.madeleine.Revocation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;

/**
 * A registry that has no list of sessions: those of a user are one entry, and to expire it revokes
 * them.
 */
final class RevokingSessions implements SessionRegistry {
  private final Revocation revocation;

  RevokingSessions(Revocation revocation) {
    this.revocation = revocation;
  }

  /** Nobody: there is no list. */
  @Override
  public List<Object> getAllPrincipals() {
    return new ArrayList<>();
  }

  /** One entry, whether or not the user is logged in. Spring Security sorts the list. */
  @Override
  public List<SessionInformation> getAllSessions(Object principal, boolean includeExpired) {
    String name = UsernamePasswordAuthenticationToken.unauthenticated(principal, null).getName();
    List<SessionInformation> sessions = new ArrayList<>();
    sessions.add(new EarlierLogins(revocation, principal, name));
    return sessions;
  }

  /** Null: a session that has ended is rejected before anybody asks. */
  @Override
  public @Nullable SessionInformation getSessionInformation(String sessionId) {
    return null;
  }

  /** Nothing: the session itself knows. */
  @Override
  public void refreshLastRequest(String sessionId) {}

  /** Nothing: the session itself knows. */
  @Override
  public void registerNewSession(String sessionId, Object principal) {}

  /** Nothing: the session itself knows. */
  @Override
  public void removeSessionInformation(String sessionId) {}
}
