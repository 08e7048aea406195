/// Filtrations of point clouds and their persistent homology.
///
/// The ideas, and where they come from:
///
/// - persistent cohomology with clearing: de Silva, Morozov, Vejdemo-Johansson (2011, DOI
///   10.1088/0266-5611/27/12/124003); Chen, Kerber (2011);
/// - an implicit coboundary matrix, of whose reduction only the columns that were added are stored,
///   apparent pairs, and the enclosing radius as threshold: Bauer (2021, DOI
///   10.1007/s41468-021-00071-5);
/// - columns reduced by several threads without locks: Morozov, Nigmetov (2020, DOI
///   10.1145/3350755.3400244);
/// - degree 0 by a minimum spanning tree; degree 1 by the components of lunes, without a coboundary
///   matrix: Koyama, Memoli, Robins, Turner (2023, arXiv 2307.16333);
/// - from degree 3 on, edges are collapsed before anything is reduced: Boissonnat, Pritam (2020);
///   Glisse, Pritam (2022, DOI 10.4230/LIPIcs.SoCG.2022.44). In lower degrees it was measured to
///   cost more than it saves;
/// - fewer points or edges with a guarantee: [landmarks][topolip.geometry.Landmarks] and the
///   [sparse filtration][topolip.geometry.SparseRips].
///
/// Čech filtrations share the reduction; what differs is when a simplex appears.
///
/// What is particular here is the order. Edges are ranked by length, ties by the order of their
/// ends, so that every simplex has one longest edge. A simplex is then its longest edge's rank with
/// its other vertices behind it, and that number, a single long, is its place in the filtration:
/// neither diameters nor tables of binomials are kept, and a simplex is decoded by shifts. All
/// cofacets with the same longest edge as a simplex come in the order of their new vertex, so that
/// a simplex forms an apparent pair exactly when some vertex before all of its other vertices is
/// closer to each of its vertices than its longest edge is long; for edges: unless it is an edge of
/// the relative neighbourhood graph.
@NullMarked
package topolip.homology;

import org.jspecify.annotations.NullMarked;
