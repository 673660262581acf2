// What stands behind a tap: made only when it is opened, and open on paper.
import { useState, type ReactNode } from "react";
import { usePrinting } from "../page/printing";

interface BehindProps {
  summary: ReactNode;
  className?: string;
  /** Whether it stays closed on paper: what has nothing to say fills no pages. */
  closedOnPaper?: boolean;
  /** Whether it is open at first. */
  opened?: boolean;
  onOpened?: (open: boolean) => void;
  children: () => ReactNode;
}

export function Behind({ summary, className, opened = false, closedOnPaper = false, onOpened, children }: BehindProps) {
  const printed = usePrinting();
  const onPaper = printed && !closedOnPaper;
  const [open, setOpen] = useState(opened);
  return (
    <details className={className} open={open || onPaper} onToggle={(event) => {
      if (event.target !== event.currentTarget || printed || event.currentTarget.open === open) return;
      setOpen(event.currentTarget.open);
      onOpened?.(event.currentTarget.open);
    }}>
      <summary>{summary}</summary>
      {(open || onPaper) && children()}
    </details>
  );
}
