// What comes on demand and does not come leaves the rest of the page as it is.
import { Component, type ReactNode } from "react";

export class Caught extends Component<{ children: ReactNode; instead?: ReactNode; onCaught?: () => void }, { caught: boolean }> {
  override state = { caught: false };

  static getDerivedStateFromError() {
    return { caught: true };
  }

  override componentDidCatch() {
    this.props.onCaught?.();
  }

  override render() {
    return this.state.caught ? (this.props.instead ?? null) : this.props.children;
  }
}
