/** The area of a polygon on the ellipsoid of WGS 84. Pure, small enough for a phone. */

/** Longitude, latitude in degrees, WGS 84. */
export type Position = readonly [longitude: number, latitude: number];

const RADIANS = Math.PI / 180;
/** WGS 84: half axis in metres and flattening. */
const A = 6_378_137;
const F = 1 / 298.257223563;
const E2 = F * (2 - F);
const E = Math.sqrt(E2);
const Q_POLE = authalic(1);
/** Half the axis of the sphere that has the ellipsoid's surface, squared. */
const RADIUS_2 = (A * A * Q_POLE) / 2;

/** `q` of the authalic latitude; J. P. Snyder, Map Projections – A Working Manual, 1987, equation 3-12. */
function authalic(sine: number): number {
  return (1 - E2) * (sine / (1 - E2 * sine * sine) + Math.atanh(E * sine) / E);
}

/** Tangent of half the authalic latitude. */
function halfTangent(latitude: number): number {
  const sine = authalic(Math.sin(latitude * RADIANS)) / Q_POLE;
  return sine / (1 + Math.sqrt(Math.max(0, 1 - sine * sine)));
}

/**
 * Square metres that a ring encloses, positive when it runs counter-clockwise; whether its first point stands
 * again at its end does not matter. The ring is carried to the sphere of equal surface and its spherical excess
 * taken there: edges are great circles of that sphere, which keep to the geodesics of the ellipsoid so closely
 * that rings of a commune's size differ from Karney's algorithm by less than two millionths.
 */
export function ringArea(ring: readonly Position[]): number {
  let excess = 0;
  for (const [at, [east, north]] of ring.entries()) {
    const [west, south] = ring[at === 0 ? ring.length - 1 : at - 1]!;
    const [here, there] = [halfTangent(north), halfTangent(south)];
    const turn = Math.tan(((west - east) * RADIANS) / 2);
    excess += 2 * Math.atan2(turn * (here + there), 1 + here * there);
  }
  return excess * RADIUS_2;
}

/** Square metres of an outer ring less its holes, whichever way they run. */
export function polygonArea(rings: readonly (readonly Position[])[]): number {
  const [outer = [], ...holes] = rings;
  return holes.reduce((sum, hole) => sum - Math.abs(ringArea(hole)), Math.abs(ringArea(outer)));
}
