package dev.madeleine.frameworks;

import dev.madeleine.AttributeConverter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pac4j.core.exception.http.OkAction;
import org.pac4j.core.profile.CommonProfile;

/** What pac4j puts into a session, as plain values. */
final class Pac4jConverters {
  /**
   * Who is logged in. A client with a profile class of its own needs a converter for that class.
   */
  static final AttributeConverter<CommonProfile> PROFILE =
      AttributeConverter.of(
          "pac4j-profile", CommonProfile.class, Pac4jConverters::plain, Pac4jConverters::profile);

  /** The form to submit again after the login. */
  static final AttributeConverter<OkAction> REQUESTED_FORM =
      AttributeConverter.of("pac4j-ok", OkAction.class, OkAction::getContent, OkAction::new);

  private Pac4jConverters() {}

  private static Map<String, Object> plain(CommonProfile profile) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("id", profile.getId());
    plain.put("attributes", profile.getAttributes());
    plain.put("authentication", profile.getAuthenticationAttributes());
    plain.put("roles", new ArrayList<>(profile.getRoles()));
    plain.put("remembered", profile.isRemembered());
    plain.put("client", profile.getClientName());
    plain.put("linked", profile.getLinkedId());
    plain.values().removeIf(value -> value == null);
    return plain;
  }

  @SuppressWarnings("unchecked") // A session that holds something else is not read.
  private static CommonProfile profile(Map<String, Object> plain) {
    CommonProfile profile = new CommonProfile();
    profile.build(
        plain.get("id"),
        (Map<String, Object>) plain.get("attributes"),
        (Map<String, Object>) plain.get("authentication"));
    profile.addRoles((List<String>) plain.get("roles"));
    profile.setRemembered((boolean) plain.get("remembered"));
    profile.setClientName((String) plain.get("client"));
    profile.setLinkedId((String) plain.get("linked"));
    return profile;
  }
}
