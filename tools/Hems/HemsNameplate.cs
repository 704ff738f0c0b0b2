using System;
using System.Linq;
using System.Text;

namespace NanoComm.Hems
{
    /// <summary>What a meter calls itself.</summary>
    public static class HemsNameplate
    {
        /// <summary>Asks for it: the production number (8D), which a meter tells alike on all its paths, else the identification
        /// number (83).</summary>
        /// <param name="hems">The way to the meter.</param>
        /// <param name="meter">The meter.</param>
        /// <param name="answered">Takes letters, digits and what else is printable, or hexadecimal digits where it is not; what names the
        /// object and the address where the meter tells neither; null when it does not answer.</param>
        public static void Ask(HemsLink hems, HemsMeter meter, Action<string> answered)
        {
            byte[] epcs = new[] { HemsMeter.ProductionNumber, HemsMeter.IdentificationNumber }.Where(meter.CanGet).ToArray();
            string nameless = $"{meter.Eoj:X6}@{hems.Meter}";
            if (epcs.Length == 0)
            {
                answered(nameless);
                return;
            }

            hems.Ask(meter.Eoj, EchonetMessage.Get, epcs.Select(epc => (epc, Array.Empty<byte>())), answer => answered(answer == null ? null
                : ToText(answer.Find(HemsMeter.ProductionNumber)) ?? ToText(answer.Find(HemsMeter.IdentificationNumber)) ?? nameless));
        }

        // Shorter than its field, a number is filled up with blanks or zeros.
        private static string ToText(byte[] number)
        {
            if (number == null || number.All(b => b == 0))
            {
                return null;
            }

            string text = Encoding.ASCII.GetString(number).TrimEnd('\0', ' ').TrimStart(' ');
            return text.Length > 0 && text.All(c => char.IsBetween(c, '!', '~')) ? text : Convert.ToHexString(number);
        }
    }
}
