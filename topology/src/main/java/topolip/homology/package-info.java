/// Filtrations of point clouds and their persistent homology.
@NullMarked
package topolip.homology;

import org.jspecify.annotations.NullMarked;
