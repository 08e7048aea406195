package topolip.profile;

import topolip.profile.Series.Estimate;

/// Mean TopoLip of model `first` minus that of model `second`, over the same subsamples.
///
/// @param degree `0`, `1`, … or `union`
public record Comparison(
    String first, String second, String degree, Estimate raw, Estimate scaleFree) {}
