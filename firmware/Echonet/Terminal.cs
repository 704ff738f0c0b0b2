using System;

namespace NanoComm.Echonet
{
    /// <summary>
    /// What the node keeps for one terminal (HEMS): the selectors of its objects' historical data. Selector and data
    /// belong together, and several terminals must not disturb each other (device object specification, "atomic
    /// operation"). Which selectors there are, the objects' tables say.
    /// </summary>
    public class Terminal
    {
        private readonly byte[] _defaults;

        /// <summary>Makes a terminal with the default selectors.</summary>
        /// <param name="node">The node that it asks.</param>
        public Terminal(EchonetNode node)
        {
            _defaults = node.SelectorDefaults;
            Selectors = new byte[_defaults.Length];
            Reset();
        }

        /// <summary>Whether its INFC is answered by INFC_Res: a meter on Wi-SUN takes none, other nodes on IP do.</summary>
        public bool IsAcknowledged { get; set; }

        /// <summary>Whether it may change selectors: only of whom there is room to remember what it chose.</summary>
        public bool MaySelect { get; set; } = true;

        /// <summary>Selectors that were refused for that reason.</summary>
        public int RefusedSelectors { get; private set; }

        /// <summary>The selectors as they were set, each at the place that its object gave it.</summary>
        internal byte[] Selectors { get; }

        /// <summary>Takes over the selectors of another.</summary>
        public void CopySelectors(Terminal other)
        {
            Array.Copy(other.Selectors, Selectors, Selectors.Length);
        }

        /// <summary>Gives the place to another terminal: every selector back to its default.</summary>
        public void Reset()
        {
            Array.Copy(_defaults, Selectors, _defaults.Length);
        }

        /// <summary>Whether a selector may be set; counts when not.</summary>
        internal bool Selects()
        {
            RefusedSelectors += MaySelect ? 0 : 1;
            return MaySelect;
        }
    }
}
