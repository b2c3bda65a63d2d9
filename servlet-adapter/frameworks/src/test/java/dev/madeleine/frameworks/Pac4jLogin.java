package dev.madeleine.frameworks;

import dev.madeleine.servlet.SessionFilter;
import java.util.Optional;
import org.pac4j.core.authorization.generator.AuthorizationGenerator;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.profile.UserProfile;
import org.pac4j.jee.context.JEEContext;

/** Gives the session a new id at the login, and names the user by whom it can be revoked. */
final class Pac4jLogin implements AuthorizationGenerator {
  @Override
  public Optional<UserProfile> generate(CallContext call, UserProfile profile) {
    SessionFilter.login(((JEEContext) call.webContext()).getNativeRequest(), profile.getId());
    return Optional.of(profile);
  }
}
