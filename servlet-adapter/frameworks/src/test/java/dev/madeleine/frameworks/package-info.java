/** Other people's frameworks behind the filter, over two nodes. */
package dev.madeleine.frameworks;
