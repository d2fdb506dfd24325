/** Corners as people type them: a line each, latitude before longitude. Pure. */
import { AppError } from '#kernel/errors';
import type { Geometry, Position } from './geometry.ts';

/**
 * A point of one line, an outline of three and more; the outline is closed where it was not.
 * @throws AppError `farming.geometry.bad_line` (422) with the line's number; `input.invalid` at `corners` for none
 */
export function typedGeometry(text: string): Geometry {
  const lines = text.split('\n').map((one) => one.trim());
  const corners = lines.flatMap((one, at) => (one === '' ? [] : [typedCorner(one, at + 1)]));
  const [first] = corners;
  if (!first) throw new AppError('input.invalid', 422, {}, { corners: 'input.missing' });
  if (corners.length === 1) return { type: 'Point', coordinates: first };
  const last = corners.at(-1)!;
  const closed = corners.length > 3 && first[0] === last[0] && first[1] === last[1];
  return { type: 'Polygon', coordinates: [closed ? corners : [...corners, first]] };
}

function typedCorner(line: string, number: number): Position {
  const [latitude, longitude, ...more] = line
    .split(/[\s,;]+/)
    .map((part) => (part === '' ? Number.NaN : Number(part)));
  if (Number.isFinite(latitude) && Number.isFinite(longitude) && more.length === 0)
    return [longitude!, latitude!];
  const code = 'farming.geometry.bad_line';
  throw new AppError(code, 422, { line: number }, { corners: code });
}

/** The corners of a plot's first outline, as {@link typedGeometry} reads them. */
export function writtenCorners(positions: readonly Position[]): string {
  return positions.map(([x, y]) => `${y.toFixed(7)}, ${x.toFixed(7)}`).join('\n');
}
