/// Distances of persistence diagrams.
@NullMarked
package topolip.diagram;

import org.jspecify.annotations.NullMarked;
