package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.madeleine.Attribute;
import dev.madeleine.AttributeConverter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A value that refers to itself is refused, and the message says where it does. */
final class SelfReferenceTest {
  /** An entity as an object-relational mapper has it, with a reference back. */
  public static class Customer {
    public String name = "hunter2";
    public List<Order> orders = new ArrayList<>();
  }

  public static class Order {
    public int number = 4711;
    public @Nullable Customer customer;
  }

  public static class Shop {
    public Map<String, Customer> customers = new HashMap<>();
  }

  public static class Ignoring {
    public List<IgnoringOrder> orders = new ArrayList<>();
  }

  public static class IgnoringOrder {
    public int number = 4711;
    @JsonIgnore public @Nullable Ignoring customer;
  }

  private static Customer customer() {
    Customer customer = new Customer();
    Order first = new Order();
    Order second = new Order();
    second.customer = customer;
    customer.orders.addAll(List.of(first, second));
    return customer;
  }

  private static void assertRefused(JsonSerializer json, Object value, String where) {
    assertThatThrownBy(() -> json.check("user", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessage("attribute \"user\" refers to itself at %s; leave that reference out", where);
  }

  @Test
  void aDeclaredEntityIsToldTheWayByItsFields() {
    JsonSerializer json = JsonSerializer.PLAIN.withAttributes(Attribute.of("user", Customer.class));
    assertRefused(json, customer(), "orders[].customer");
    Shop shop = new Shop();
    shop.customers.put("hunter2", customer());
    JsonSerializer shops = JsonSerializer.PLAIN.withAttributes(Attribute.of("user", Shop.class));
    assertThatThrownBy(() -> shops.check("user", shop))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("refers to itself at ")
        .hasMessageContaining("orders[].customer")
        .hasMessageNotContaining("hunter2")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void withoutTheReferenceItIsCarried() {
    JsonSerializer json = JsonSerializer.PLAIN.withAttributes(Attribute.of("user", Ignoring.class));
    Ignoring customer = new Ignoring();
    IgnoringOrder order = new IgnoringOrder();
    order.customer = customer;
    customer.orders.add(order);
    json.check("user", customer);
    List<Object> list = new ArrayList<>();
    list.add(new ArrayList<>());
    json.check("other", list);
  }

  @Test
  void listsSetsAndMapsAreToldTheWayWithoutTheirKeys() {
    List<Object> list = new ArrayList<>();
    list.add(1);
    list.add(Map.of("hunter2", list));
    assertRefused(JsonSerializer.PLAIN, list, "[][]");
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("hunter2", map);
    assertRefused(JsonSerializer.PLAIN, map, "[]");
    List<Object> within = new ArrayList<>();
    within.add(Collections.unmodifiableList(within));
    assertRefused(
        JsonSerializer.PLAIN, new LinkedHashMap<>(Map.of("a", List.of(within))), "[][][][]");
  }

  @Test
  void aCircleIsNamedWhicheverLimitItReachesFirst() {
    List<Object> wide = new ArrayList<>(Collections.nCopies(990, 1));
    wide.add(wide);
    assertRefused(JsonSerializer.PLAIN, wide, "[]");
    Map<String, Object> names = new LinkedHashMap<>();
    for (int i = 0; i < 400; i++) {
      names.put("n" + i, i);
    }
    names.put("again", names);
    assertRefused(JsonSerializer.PLAIN, names, "[]");
  }

  @Test
  void oneObjectTwiceIsNoCircle() {
    List<Object> shared = new ArrayList<>(List.of(1));
    List<Object> twice = new ArrayList<>(List.of(shared, shared));
    JsonSerializer.PLAIN.check("user", twice);
    Object deep = shared;
    for (int i = 0; i < 20; i++) {
      deep = new ArrayList<>(List.of(deep, deep));
    }
    Object tooDeep = deep;
    assertThatThrownBy(() -> JsonSerializer.PLAIN.check("user", tooDeep))
        .hasMessage("attribute \"user\": it is nested deeper than 16 levels");
  }

  @Test
  void whatConvertersMakeIsToldByItsNames() {
    AttributeConverter<Customer> customers =
        AttributeConverter.of(
            "customer",
            Customer.class,
            customer -> Map.of("orders", customer.orders),
            plain -> new Customer());
    AttributeConverter<Order> orders =
        AttributeConverter.of(
            "order",
            Order.class,
            order -> {
              Map<String, @Nullable Object> plain = new LinkedHashMap<>();
              plain.put("number", order.number);
              plain.put("customer", order.customer);
              return plain;
            },
            plain -> new Order());
    JsonSerializer json = JsonSerializer.PLAIN.withConverters(customers, orders);
    assertRefused(json, customer(), "orders[].customer");
    assertRefused(json, Set.of(customer()), "[].orders[].customer");
    assertRefused(
        json, new LinkedHashSet<>(List.of(List.of(customer()))), "[][].orders[].customer");
    AttributeConverter<Order> itself =
        AttributeConverter.of("order", Order.class, order -> order, order -> order);
    assertThatThrownBy(() -> JsonSerializer.PLAIN.withConverters(itself).check("user", new Order()))
        .hasMessageContaining("\"user\" refers to itself at its plain value");
  }
}
