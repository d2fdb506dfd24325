/** The sets that come with the program. None was compared with the official text; every line says so. */
import modelHamlet from './catalog/model-hamlet.json' with { type: 'json' };
import newRural2021 from './catalog/new-rural-2021.json' with { type: 'json' };
import newRural2026 from './catalog/new-rural-2026.json' with { type: 'json' };
import smartCommune from './catalog/smart-commune.json' with { type: 'json' };
import smartHamlet from './catalog/smart-hamlet.json' with { type: 'json' };
import { SetInput, type SetFile } from './set.ts';

/** The pilot's set, whose totals the measures of this room are. */
export const SMART_COMMUNE = 'smart-commune';
export const MODEL_HAMLET = 'model-hamlet';

/** Every set of the catalogue, beginning with the pilot's. */
export function catalogSets(): SetFile[] {
  return [smartCommune, newRural2021, newRural2026, modelHamlet, smartHamlet].map((set) =>
    SetInput.parse(set),
  );
}
