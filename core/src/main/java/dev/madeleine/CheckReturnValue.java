package dev.madeleine;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method whose call has no effect but its result: it returns a changed copy of an immutable
 * value. Error Prone, SpotBugs and IntelliJ IDEA report a call that ignores it; they know
 * annotations of this name from any package.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface CheckReturnValue {}
