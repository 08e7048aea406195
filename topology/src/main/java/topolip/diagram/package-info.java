/// Distances of persistence diagrams: [Wasserstein][topolip.diagram.Wasserstein],
/// [bottleneck][topolip.diagram.Bottleneck] and [sliced
/// Wasserstein][topolip.diagram.SlicedWasserstein].
@NullMarked
package topolip.diagram;

import org.jspecify.annotations.NullMarked;
