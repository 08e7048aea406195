/// Adversarial attacks: images close to given ones that a model classifies differently.
///
/// Each attack is a record of its configuration, and runs on each point by itself: what it finds
/// depends on the model, the point, the seed and the point's id, not on batches.
@NullMarked
package topolip.perturb.attack;

import org.jspecify.annotations.NullMarked;
