/// Studies: many networks, seeds and perturbations, and what their measures say of robustness.
@NullMarked
package topolip.study;

import org.jspecify.annotations.NullMarked;
