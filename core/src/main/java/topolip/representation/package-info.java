/// Measures of representations to set beside TopoLip: how alike two layers are, and how many
/// dimensions one takes. All of them need no more than the distances of a layer's points.
@NullMarked
package topolip.representation;

import org.jspecify.annotations.NullMarked;
