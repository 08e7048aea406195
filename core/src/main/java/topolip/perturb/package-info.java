/// Perturbed copies of images.
@NullMarked
package topolip.perturb;

import org.jspecify.annotations.NullMarked;
