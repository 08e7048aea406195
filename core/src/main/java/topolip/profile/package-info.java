/// TopoLip profiles, from activations to a result file.
@NullMarked
package topolip.profile;

import org.jspecify.annotations.NullMarked;
