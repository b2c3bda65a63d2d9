package dev.madeleine.spring;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Spring Session would put its own sessions in front of ours, so the application does not start.
 */
final class SpringSessionPresentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final List<String> REPOSITORIES =
      List.of(
          "org.springframework.session.SessionRepository",
          "org.springframework.session.ReactiveSessionRepository");

  private final List<String> beans;

  private SpringSessionPresentException(List<String> beans) {
    super("there are session repositories of Spring Session: " + String.join(", ", beans));
    this.beans = List.copyOf(beans);
  }

  /** The names of the repositories' beans. */
  List<String> beans() {
    return beans;
  }

  static void throwIfPresent(ListableBeanFactory beans) {
    ClassLoader loader = SpringSessionPresentException.class.getClassLoader();
    List<String> names = new ArrayList<>();
    for (String repository : REPOSITORIES) {
      if (ClassUtils.isPresent(repository, loader)) {
        Class<?> type = ClassUtils.resolveClassName(repository, loader);
        names.addAll(List.of(beans.getBeanNamesForType(type, true, false)));
      }
    }
    if (!names.isEmpty()) {
      throw new SpringSessionPresentException(names);
    }
  }
}
