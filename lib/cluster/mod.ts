/**
 * Clustering and how good it is: k-means with restarts, the elbow and its knee,
 * the gap statistic, silhouette exact and estimated, Davies-Bouldin and Calinski-Harabasz index,
 * adjusted Rand index, stability;
 * hierarchical clustering and Gaussian mixtures to compare with.
 *
 * Knows `threads`: takes and gives plain typed arrays.
 */
export { adjustedRand } from "./adjusted_rand.ts";
export { bestJaccards } from "./best_jaccards.ts";
export { calinskiHarabasz } from "./calinski_harabasz.ts";
export {
  type ClusteringStability,
  clusteringStability,
  type ClusteringStabilitySpec,
} from "./clustering_stability.ts";
export { daviesBouldin, daviesBouldinOf, type Scatter } from "./davies_bouldin.ts";
export { elbow, type ElbowPoint, type ElbowSpec } from "./elbow.ts";
export {
  type EstimatedSilhouette,
  estimateSilhouette,
  type EstimateSilhouetteSpec,
  type SilhouetteEstimate,
} from "./estimate_silhouette.ts";
export { findKnee, findKnees, type Knee, type KneeSpec } from "./find_knee.ts";
export type { GapBox } from "./_gap_references.ts";
export {
  type GapPoint,
  type GapStatistic,
  gapStatistic,
  type GapStatisticSpec,
} from "./gap_statistic.ts";
export {
  type GaussianMixture,
  gaussianMixture,
  type GaussianMixtureSpec,
} from "./gaussian_mixture.ts";
export { kMeans, type KMeansResult, type KMeansSpec } from "./k_means.ts";
export { type NearestCentroid, nearestCentroid } from "./nearest_centroid.ts";
export { type Silhouette, silhouette, type SilhouetteOptions } from "./silhouette.ts";
export {
  type CentroidClusters,
  type StabilityOfFit,
  stabilityOfFit,
  type StabilityOfFitSpec,
} from "./stability_of_fit.ts";
export type { Labels, Matrix, Precision } from "./types.ts";
export { wardClusters, type WardSpec } from "./ward_clusters.ts";
