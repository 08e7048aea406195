/// Distances and summaries of persistence diagrams: [Wasserstein][topolip.diagram.Wasserstein],
/// [bottleneck][topolip.diagram.Bottleneck] and [sliced
/// Wasserstein][topolip.diagram.SlicedWasserstein] distances; landscapes, silhouettes, images,
/// curves, entropy, amplitudes and Fréchet means.
///
/// Essential classes are refused where they have no meaning, until `withEssentialDeath` or
/// `withoutEssential` says what to do with them.
@NullMarked
package topolip.diagram;

import org.jspecify.annotations.NullMarked;
