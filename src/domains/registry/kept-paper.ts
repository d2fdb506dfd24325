/** A scan that belongs to a row: its columns, and how it is read back. Pure. */
export type KeptPaper = { hash: string; size: number; type: string; name: string };

type PaperColumns = {
  paper_hash: string | null;
  paper_size: number | null;
  paper_type: string | null;
  paper_name: string | null;
};

export function paperColumns(paper: KeptPaper | null): PaperColumns {
  return {
    paper_hash: paper?.hash ?? null,
    paper_size: paper?.size ?? null,
    paper_type: paper?.type ?? null,
    paper_name: paper?.name ?? null,
  };
}

export function paperOf(row: PaperColumns): KeptPaper | null {
  const { paper_hash: hash, paper_size: size, paper_type: type, paper_name: name } = row;
  return hash === null ? null : { hash, size: size ?? 0, type: type ?? '', name: name ?? hash };
}
