/** The command {@code madeleine}: one class per subcommand, which are listed in Madeleine. */
@NullMarked
package dev.madeleine.cli;

import org.jspecify.annotations.NullMarked;
