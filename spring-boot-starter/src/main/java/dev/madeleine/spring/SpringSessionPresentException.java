package dev.madeleine.spring;

import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Spring Session would put its own sessions in front of ours, so the application does not start.
 */
final class SpringSessionPresentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final String REPOSITORY = "org.springframework.session.SessionRepository";

  private final List<String> beans;

  private SpringSessionPresentException(List<String> beans) {
    super("there are session repositories of Spring Session: " + String.join(", ", beans));
    this.beans = beans;
  }

  /** The names of the repositories' beans. */
  List<String> beans() {
    return beans;
  }

  static void throwIfPresent(ListableBeanFactory beans) {
    ClassLoader loader = SpringSessionPresentException.class.getClassLoader();
    if (!ClassUtils.isPresent(REPOSITORY, loader)) {
      return;
    }
    Class<?> repository = ClassUtils.resolveClassName(REPOSITORY, loader);
    List<String> names = List.of(beans.getBeanNamesForType(repository, true, false));
    if (!names.isEmpty()) {
      throw new SpringSessionPresentException(names);
    }
  }
}
