/// Point clouds and the distances of their points.
@NullMarked
package topolip.geometry;

import org.jspecify.annotations.NullMarked;
