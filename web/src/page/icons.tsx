// The few icons of the page, drawn on a grid of 24 and hidden from screen readers.
import type { ReactNode } from "react";

export function icon(drawn: ReactNode, size = 18) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={2}
      strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      {drawn}
    </svg>
  );
}

export const SearchIcon = () => icon(<><circle cx="10.5" cy="10.5" r="6.5" /><path d="m20 20-4.8-4.8" /></>);
export const HereIcon = () => icon(<><circle cx="12" cy="12" r="6.5" /><circle cx="12" cy="12" r="1.5" fill="currentColor" /><path d="M12 2v3.5M12 18.5V22M2 12h3.5M18.5 12H22" /></>, 22);
export const SunIcon = () => icon(<><circle cx="12" cy="12" r="4" /><path d="M12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M4.9 4.9l1.8 1.8M17.3 17.3l1.8 1.8M19.1 4.9l-1.8 1.8M6.7 17.3l-1.8 1.8" /></>);
export const MoonIcon = () => icon(<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z" />);
export const LinkIcon = () => icon(<><path d="M10 14a4.5 4.5 0 0 0 6.4 0l3-3a4.5 4.5 0 0 0-6.4-6.4L11.5 6" /><path d="M14 10a4.5 4.5 0 0 0-6.4 0l-3 3a4.5 4.5 0 0 0 6.4 6.4l1.5-1.4" /></>);
export const PrintIcon = () => icon(<><path d="M7 9V3h10v6" /><rect x="3" y="9" width="18" height="8" rx="2" /><path d="M7 14h10v7H7z" /></>);
export const DownloadIcon = () => icon(<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14" />);
export const CheckIcon = () => icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const WarnIcon = () => icon(<><path d="M12 3.5 2.5 20h19z" /><path d="M12 10v4.5M12 17.3v.1" /></>);
export const BackIcon = () => icon(<path d="M19 12H5m6-6-6 6 6 6" />);
export const AwayIcon = () => icon(<><path d="M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21Z" /><path d="m9.8 7.5 4.4 4.4m0-4.4-4.4 4.4" /></>, 30);
export const RoadIcon = () => icon(<path d="M8 3 4 21M16 3l4 18M12 4v3M12 10.5v3M12 17v3" />, 30);
export const WaterIcon = () => icon(<path d="M2 8c3.3-3 6.7 3 10 0s6.7 3 10 0M2 14c3.3-3 6.7 3 10 0s6.7 3 10 0M2 20c3.3-3 6.7 3 10 0s6.7 3 10 0" />, 30);
export const BlankIcon = () => icon(<><path d="M4 18.5 9 5.5l6 2 5 9.5-7 3.5z" strokeDasharray="2.5 3.5" /><path d="M11.5 12h1" /></>, 30);
export const AskIcon = () => icon(<><circle cx="12" cy="12" r="9" /><path d="M9.3 9.5a2.8 2.8 0 1 1 3.9 2.6c-.9.4-1.2 1-1.2 1.9M12 17v.1" /></>, 30);
export const GripIcon = () => (
  <svg width={44} height={6} viewBox="0 0 44 6" aria-hidden="true" focusable="false"><rect width={44} height={6} rx={3} fill="currentColor" /></svg>
);
export const PlusIcon = () => icon(<path d="M12 5v14M5 12h14" />, 20);
export const MinusIcon = () => icon(<path d="M5 12h14" />, 20);
export const CalendarIcon = () => icon(<><rect x="4" y="5.5" width="16" height="15" rx="2" /><path d="M4 10h16M8.5 3v4M15.5 3v4" /></>, 16);
export const LayersIcon = () => icon(<><path d="m12 3 9 5-9 5-9-5z" /><path d="m3 13 9 5 9-5" /></>, 16);
export const MenuIcon = () => icon(<path d="M5 7h14M5 12h14M5 17h14" />, 22);
export const ChevronIcon = () => icon(<path d="m7 10 5 5 5-5" />);
export const AroundIcon = () => icon(<><circle cx="12" cy="12" r="8.5" strokeDasharray="3 3" /><path d="M9 9h6v6H9z" /></>, 22);
export const SheetIcon = () => icon(<><path d="M5 3.5h14v17H5z" /><path d="M5 10h14M12 10v10.5" /></>, 22);
export const GridIcon = () => icon(<><path d="M3 9h18M3 15h18M9 3v18M15 3v18" /></>, 22);
