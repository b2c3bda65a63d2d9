package dev.madeleine.spring.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
    return toPlain(authorities, Authorities::other);
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
    List<? extends GrantedAuthority> all = List.copyOf(authorities);
    int next = 0;
    while (next < all.size()) {
      String name = simpleName(all, next);
      String prefix = name == null ? "" : sharedPrefix(name, simpleName(all, next + 1));
      if (prefix.isEmpty()) {
        plain.add(name == null ? others.apply(all.get(next)) : name);
        next++;
        continue;
      }
      List<String> group = new ArrayList<>();
      for (String member = name; member != null && member.startsWith(prefix); ) {
        group.add(member.substring(prefix.length()));
        member = simpleName(all, ++next);
      }
      plain.add(prefix);
      plain.add(group);
    }
    return plain;
  }

  /** The name of an authority that is nothing but a name; null for others, and behind the last. */
  private static @Nullable String simpleName(List<? extends GrantedAuthority> all, int index) {
    return index < all.size() && all.get(index).getClass() == SimpleGrantedAuthority.class
        ? all.get(index).getAuthority()
        : null;
  }

  /** What two names share up to the last underscore; empty if nothing, or there is no second. */
  private static String sharedPrefix(String name, @Nullable String other) {
    int shared = 0;
    for (int i = 0; other != null && i < Math.min(name.length(), other.length()); i++) {
      if (name.charAt(i) != other.charAt(i)) {
        break;
      }
      if (name.charAt(i) == END_OF_PREFIX) {
        shared = i + 1;
      }
    }
    return name.substring(0, shared);
  }

  static List<GrantedAuthority> fromPlain(List<?> plain) {
    return fromPlain(plain, Authorities::other);
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

  /** What stands for an authority that is more than a name. */
  static Object other(GrantedAuthority authority) {
    return FactorAuthorities.isOne(authority) ? FactorAuthorities.toPlain(authority) : authority;
  }

  /** The authority of {@link #other(GrantedAuthority)}. */
  static GrantedAuthority other(Object plain) {
    return plain instanceof Map<?, ?> factor
        ? FactorAuthorities.fromPlain(factor)
        : (GrantedAuthority) plain;
  }
}
