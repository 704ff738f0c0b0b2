using System.Collections.Generic;
using System.Globalization;

namespace NanoComm.Hems
{
    /// <summary>What an active scan with pairing id finds: EPANDESC and the fields behind it, the pairing id last.</summary>
    internal sealed class SkScan
    {
        private const string Field = "  ";
        private const string LastField = "PairID";

        private readonly Dictionary<string, string> _fields = new();
        private readonly string _pairingId;

        /// <summary>Begins to look.</summary>
        /// <param name="pairingId">The last 8 digits of the route-B id.</param>
        public SkScan(string pairingId)
        {
            _pairingId = pairingId;
        }

        /// <summary>The nearest meter of the id so far, or null.</summary>
        public HemsPan Nearest { get; private set; }

        /// <summary>Takes a line, whatever it is.</summary>
        public void Take(string line)
        {
            int colon = line.IndexOf(':');
            if (colon < 0 || !line.StartsWith(Field, System.StringComparison.Ordinal))
            {
                return;
            }

            string name = line[Field.Length..colon];
            _fields[name] = line[(colon + 1)..];
            if (name == LastField)
            {
                var pan = new HemsPan(Number("Channel"), Number("Pan ID"), _fields.GetValueOrDefault("Addr", string.Empty),
                    Number("LQI"), _fields[name]);
                _fields.Clear();
                if (pan.PairingId == _pairingId && (Nearest == null || pan.Lqi > Nearest.Lqi))
                {
                    Nearest = pan;
                }
            }
        }

        private int Number(string name)
        {
            return int.TryParse(_fields.GetValueOrDefault(name), NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture, out int value) ? value : 0;
        }
    }
}
