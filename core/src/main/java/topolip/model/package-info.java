/// What every engine offers of a network: logits, and activations at its taps.
@NullMarked
package topolip.model;

import org.jspecify.annotations.NullMarked;
