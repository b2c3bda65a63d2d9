package dev.madeleine.json;

import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.util.SimpleBeanPropertyDefinition;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of declared classes that do not travel by their own name, as no getter shows them.
 * They are found whenever a class is written for the first time. A second mapper writes them beside
 * what travels, to tell whether a copy has them too.
 */
final class HiddenFields extends BeanSerializerModifier {
  private static final long serialVersionUID = 1;

  /** Begins the names of hidden fields, and no other name. */
  private static final char MARK = '\0';

  private final boolean write;
  private volatile boolean any;

  private HiddenFields(boolean write) {
    this.write = write;
  }

  /** Lets a mapper look for hidden fields, and write what it would without. */
  static HiddenFields in(ObjectMapper mapper) {
    HiddenFields hidden = new HiddenFields(false);
    hidden.addTo(mapper);
    return hidden;
  }

  /** A mapper that writes hidden fields besides. */
  static ObjectMapper shown(ObjectMapper mapper) {
    ObjectMapper copy = mapper.copy();
    new HiddenFields(true).addTo(copy);
    return copy;
  }

  private void addTo(ObjectMapper mapper) {
    mapper.setSerializerFactory(mapper.getSerializerFactory().withSerializerModifier(this));
  }

  /** Whether a class that was written so far has one. */
  boolean any() {
    return any;
  }

  /**
   * The hidden field in which two plain values differ that are equal without them: class and name,
   * or null if there is none.
   */
  static @Nullable String difference(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> others) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String name = String.valueOf(entry.getKey());
        Object value = others.get(name);
        if (!name.isEmpty() && name.charAt(0) == MARK) {
          if (!Objects.equals(entry.getValue(), value)) {
            return name.substring(1);
          }
        } else {
          String inside = difference(entry.getValue(), value);
          if (inside != null) {
            return inside;
          }
        }
      }
    } else if (one instanceof List<?> list && other instanceof List<?> others) {
      for (int i = 0; i < Math.min(list.size(), others.size()); i++) {
        String inside = difference(list.get(i), others.get(i));
        if (inside != null) {
          return inside;
        }
      }
    }
    return null;
  }

  @Override
  public List<BeanPropertyWriter> changeProperties(
      SerializationConfig config, BeanDescription type, List<BeanPropertyWriter> properties) {
    List<AnnotatedField> fields = fields(config, type);
    if (fields.isEmpty()) {
      return properties;
    }
    any = true;
    if (!write) {
      return properties;
    }
    List<BeanPropertyWriter> all = new ArrayList<>(properties);
    for (AnnotatedField field : fields) {
      field.fixAccess(true);
      String name = MARK + field.getDeclaringClass().getTypeName() + "." + field.getName();
      all.add(
          new BeanPropertyWriter(
              SimpleBeanPropertyDefinition.construct(config, field, new PropertyName(name)),
              field,
              type.getClassAnnotations(),
              field.getType(),
              null,
              null,
              null,
              false,
              null,
              null));
    }
    return all;
  }

  private static List<AnnotatedField> fields(SerializationConfig config, BeanDescription type) {
    Set<String> known = new HashSet<>(type.getIgnoredPropertyNames());
    known.addAll(
        config
            .getDefaultPropertyIgnorals(type.getBeanClass(), type.getClassInfo())
            .findIgnoredForSerialization());
    for (BeanPropertyDefinition property : type.findProperties()) {
      known.add(property.getName());
      known.add(property.getInternalName());
    }
    AnnotationIntrospector annotations = config.getAnnotationIntrospector();
    List<AnnotatedField> hidden = new ArrayList<>();
    for (AnnotatedField annotated : type.getClassInfo().fields()) {
      Field field = annotated.getAnnotated();
      int modifiers = field.getModifiers();
      boolean isState =
          !Modifier.isStatic(modifiers)
              && !Modifier.isTransient(modifiers)
              && !field.getDeclaringClass().getName().startsWith("java.");
      if (isState && !known.contains(field.getName()) && !annotations.hasIgnoreMarker(annotated)) {
        hidden.add(annotated);
      }
    }
    return hidden;
  }
}
