package dev.madeleine.sample;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a customer is about to buy.
 *
 * @param pieces how many of each cake
 */
public record Cart(Map<String, Integer> pieces) {
  static final Cart EMPTY = new Cart(Map.of());

  /** This cart and one more of that cake. */
  Cart with(String cake) {
    Map<String, Integer> more = new TreeMap<>(pieces);
    more.merge(cake, 1, Integer::sum);
    return new Cart(more);
  }
}
