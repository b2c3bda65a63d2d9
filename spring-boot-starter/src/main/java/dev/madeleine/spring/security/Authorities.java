package dev.madeleine.spring.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Authorities as plain values. Neighbours with one prefix share it: {@code ROLE_A, ROLE_B, x} is
 * {@code ["ROLE_", ["A", "B"], "x"]}. Those of other classes than {@link SimpleGrantedAuthority}
 * have converters of their own.
 */
final class Authorities {
  private static final char END_OF_PREFIX = '_';

  private Authorities() {}

  static List<Object> toPlain(Collection<? extends GrantedAuthority> authorities) {
    return toPlain(authorities, other -> other);
  }

  /**
   * Authorities as plain values.
   *
   * @param others what stands for one of another class; no text and no list
   */
  static List<Object> toPlain(
      Collection<? extends GrantedAuthority> authorities,
      Function<GrantedAuthority, Object> others) {
    List<Object> plain = new ArrayList<>();
    String open = ""; // The prefix of the group at the end.
    List<Object> group = List.of();
    for (GrantedAuthority authority : authorities) {
      if (authority.getClass() != SimpleGrantedAuthority.class) {
        plain.add(others.apply(authority));
        open = "";
        continue;
      }
      String name = name(authority);
      String prefix = name.substring(0, name.indexOf(END_OF_PREFIX) + 1);
      if (prefix.isEmpty()) {
        plain.add(name);
        open = "";
      } else if (prefix.equals(open)) {
        group.add(name.substring(prefix.length()));
      } else {
        group = new ArrayList<>(List.of(name.substring(prefix.length())));
        plain.add(prefix);
        plain.add(group);
        open = prefix;
      }
    }
    return plain;
  }

  static List<GrantedAuthority> fromPlain(List<?> plain) {
    return fromPlain(plain, other -> (GrantedAuthority) other);
  }

  /**
   * The authorities of plain values.
   *
   * @param others the authority for which a value stands that is no text and no list
   */
  static List<GrantedAuthority> fromPlain(
      List<?> plain, Function<Object, GrantedAuthority> others) {
    List<GrantedAuthority> authorities = new ArrayList<>();
    for (int i = 0; i < plain.size(); i++) {
      if (!(plain.get(i) instanceof String text)) {
        authorities.add(others.apply(plain.get(i)));
        continue;
      }
      if (i + 1 < plain.size() && plain.get(i + 1) instanceof List<?> group) {
        group.forEach(rest -> authorities.add(new SimpleGrantedAuthority(text + (String) rest)));
        i++;
      } else {
        authorities.add(new SimpleGrantedAuthority(text));
      }
    }
    return authorities;
  }

  private static String name(GrantedAuthority authority) {
    String name = authority.getAuthority();
    if (name == null) {
      throw new IllegalArgumentException("an authority without a name");
    }
    return name;
  }
}
