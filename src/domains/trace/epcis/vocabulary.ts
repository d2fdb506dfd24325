/**
 * The words of the Core Business Vocabulary 2.0 that events may say without a prefix, and the addresses they stand
 * for. A word of the vocabulary is the same whether bare, as `urn:epcglobal:cbv:…` or as an address.
 */

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}

export const BIZ_STEPS = setOf(`
  accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting
  decommissioning departing destroying disassembling dispensing encoding entering_exiting holding
  inspecting installing killing loading other packing picking receiving removing repackaging repairing
  replacing reserving retail_selling sampling sensor_reporting shipping staging_outbound stock_taking
  stocking storing transporting unloading unpacking void_shipping
`);

export const DISPOSITIONS = setOf(`
  active available completeness_inferred completeness_verified conformant container_closed container_open
  damaged destroyed dispensed disposed encoded expired in_progress in_transit inactive mismatch_class
  mismatch_instance mismatch_quantity needs_replacement no_pedigree_match non_conformant
  non_sellable_other partially_dispensed recalled reserved retail_sold returned sellable_accessible
  sellable_not_accessible stolen unavailable unknown
`);

export const TRANSACTION_TYPES = setOf(`
  bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt
`);

export const PARTY_TYPES = setOf('owning_party possessing_party location');
export const ERROR_REASONS = setOf('did_not_occur incorrect_data');
export const ALERTS = setOf('ALARM_CONDITION ERROR_CONDITION');

export const COMPONENTS = setOf(`
  altitude axial_distance azimuth easting elevation_angle height latitude longitude northing polar_angle
  spherical_radius x y z
`);

export const MEASUREMENTS = setOf(`
  AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance
  AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity Area
  Capacitance Conductance Conductivity Count Density Dimensionless DoseEquivalent DoseEquivalentRate
  DynamicViscosity ElectricCharge ElectricCurrent ElectricCurrentDensity ElectricFieldStrength Energy
  Exposure Force Frequency Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum
  Luminance LuminousFlux LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass
  MassConcentration MassFlowRate MassPerAreaTime MemoryCapacity MolalityOfSolute MolarEnergy MolarMass
  MolarVolume Power Pressure RadiantFlux RadiantIntensity Radioactivity RelativeHumidity Resistance
  Resistivity SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time Torque
  Voltage Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber
`);

const CBV = 'https://ref.gs1.org/cbv/';
const GS1 = 'https://gs1.org/voc/';

/** A kind of word: its bare words, and what stands before them in an address and in a URN. */
export type Vocabulary = { words: ReadonlySet<string>; address: string; urn?: string };

export const BIZ_STEP: Vocabulary = { words: BIZ_STEPS, address: `${CBV}BizStep-`, urn: 'bizstep' };
export const DISPOSITION: Vocabulary = { words: DISPOSITIONS, address: `${CBV}Disp-`, urn: 'disp' };
export const TRANSACTION_TYPE: Vocabulary = { words: TRANSACTION_TYPES, address: `${CBV}BTT-`, urn: 'btt' };
export const PARTY_TYPE: Vocabulary = { words: PARTY_TYPES, address: `${CBV}SDT-`, urn: 'sdt' };
export const ERROR_REASON: Vocabulary = { words: ERROR_REASONS, address: `${CBV}ER-`, urn: 'er' };
export const COMPONENT: Vocabulary = { words: COMPONENTS, address: `${CBV}Comp-` };
export const MEASUREMENT: Vocabulary = { words: MEASUREMENTS, address: GS1 };
export const ALERT: Vocabulary = { words: ALERTS, address: GS1 };

const BY_URN = new Map(
  [BIZ_STEP, DISPOSITION, TRANSACTION_TYPE, PARTY_TYPE, ERROR_REASON].map((one) => [one.urn!, one]),
);

/** Prefixes that hold without a word about them in `@context`. */
export const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbv', CBV],
  ['gs1', GS1],
  ['cbvmda', 'urn:epcglobal:cbv:mda:'],
]);

/** A bare word's address; anything else as it is. */
export function addressOfWord({ words, address }: Vocabulary, text: string): string {
  return words.has(text) ? address + text : text;
}

/** `urn:epcglobal:cbv:bizstep:shipping` as an address; anything else as it is. */
export function addressOfUrn(text: string): string {
  const [, kind, word] = /^urn:epcglobal:cbv:([a-z]+):(\w+)$/.exec(text) ?? [];
  const vocabulary = kind === undefined ? undefined : BY_URN.get(kind);
  return vocabulary ? vocabulary.address + word : text;
}

/** The bare word of an address, where there is one; otherwise the address. */
export function wordOf({ words, address }: Vocabulary, text: string): string {
  const word = text.startsWith(address) ? text.slice(address.length) : '';
  return words.has(word) ? word : text;
}
