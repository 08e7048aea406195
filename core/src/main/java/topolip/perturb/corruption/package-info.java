/// The common corruptions of Hendrycks and Dietterich 2019 (arXiv:1903.12261), as their published
/// programs make them, and the errors that summarise them.
@NullMarked
package topolip.perturb.corruption;

import org.jspecify.annotations.NullMarked;
