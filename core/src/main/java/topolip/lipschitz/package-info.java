/// Lipschitz constants: what is proved of layers, and what is found.
///
/// Every number is a [Bound]: exact, an upper bound, a lower bound or an estimate, with the label
/// under which `docs/theory.md` proves it.
@NullMarked
package topolip.lipschitz;

import org.jspecify.annotations.NullMarked;
