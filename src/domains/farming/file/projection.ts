/** In which system the coordinates of a file are. */
import { refuseFile } from './fault.ts';
import {
  areMetres,
  fromVn2000,
  fromVn2000Degrees,
  grid,
  VN2000_SYSTEMS,
  wgs84Grid,
  type ToWgs84,
} from './vn2000.ts';
import type { Position } from '../plot/geodesic.ts';

/** `auto`: as the file says; where it says nothing, degrees are WGS 84 and metres the province's own grid. */
export type System = 'auto' | 'wgs84' | (string & {});
export type Found = { convert: ToWgs84 | null; system: string };

const AS_IT_IS: Found = { convert: null, system: 'WGS 84' };

/** What a .prj file (OGC or ESRI WKT) names. @throws AppError `farming.file.other_system` */
export function systemOfPrj(wkt: string): Found {
  const vietnamese = /VN[-_ ]?2000/i.test(wkt);
  const world = /WGS[-_ ]?(19)?84/i.test(wkt);
  const name = (
    /^\s*(?:PROJCS|GEOGCS|PROJCRS|GEOGCRS)\["([^"]{1,80})/i.exec(wkt)?.[1] ?? wkt.slice(0, 40)
  ).trim();
  if (!vietnamese && !world) refuseFile('other_system', { system: name });
  if (!/^\s*PROJC/i.test(wkt)) return vietnamese ? { convert: fromVn2000Degrees(), system: name } : AS_IT_IS;
  const parameter = (words: string) =>
    Number(new RegExp(`PARAMETER\\["${words}"\\s*,\\s*(-?[\\d.]+)`, 'i').exec(wkt)?.[1] ?? Number.NaN);
  const meridian = parameter('(?:Central_Meridian|Longitude of natural origin)');
  const factor = parameter('(?:Scale_Factor|Scale factor at natural origin)');
  const usual = parameter('(?:False_Easting|False easting)') === 500_000 && /Transverse.?Mercator/i.test(wkt);
  if (!usual || !(meridian >= 100 && meridian <= 112) || !(factor > 0.99 && factor <= 1))
    refuseFile('other_system', { system: name });
  return { convert: (vietnamese ? grid : wgs84Grid)(meridian, factor), system: name };
}

/** What a GeoJSON `crs` names. @throws AppError `farming.file.other_system` */
export function systemOfCrs(name: string): Found {
  if (/CRS:?84$|EPSG:{1,2}4326$/i.test(name)) return AS_IT_IS;
  if (/EPSG:{1,2}9213$/i.test(name)) return { convert: fromVn2000('tm3_106_30')!, system: 'EPSG:9213' };
  if (/EPSG:{1,2}3405$/i.test(name)) return { convert: fromVn2000('utm_48')!, system: 'EPSG:3405' };
  if (/EPSG:{1,2}4756$/i.test(name)) return { convert: fromVn2000Degrees(), system: 'EPSG:4756' };
  return refuseFile('other_system', { system: name });
}

/** What was chosen, or what the numbers look like. @param first any corner of the file */
export function systemChosen(chosen: System, first: Position | undefined): Found {
  if (chosen === 'wgs84') return AS_IT_IS;
  const code = chosen === 'auto' ? (first && areMetres(first) ? VN2000_SYSTEMS[0]!.code : null) : chosen;
  if (code === null) return AS_IT_IS;
  const convert = fromVn2000(code);
  return convert ? { convert, system: code } : refuseFile('other_system', { system: code.slice(0, 40) });
}
