package dev.madeleine.spring.security;

import dev.madeleine.Revocation;
import java.util.Date;
import org.springframework.security.core.session.SessionInformation;

/**
 * All sessions of a user as one entry: nobody has a list of them, but together they can be ended.
 */
@SuppressWarnings({"serial", "JavaUtilDate"}) // Lives in one request; dates are Spring Security's.
final class EarlierLogins extends SessionInformation {
  private final transient Revocation revocation;
  private final String user;

  /**
   * The sessions of a user.
   *
   * @param user the name that their logins sealed
   */
  EarlierLogins(Revocation revocation, Object principal, String user) {
    super(principal, "all sessions of a user", new Date(0));
    this.revocation = revocation;
    this.user = user;
  }

  /** Ends all of them, on every node that the revocation reaches. */
  @Override
  public void expireNow() {
    revocation.revokeSubject(user);
    super.expireNow();
  }
}
