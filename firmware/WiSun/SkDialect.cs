namespace NanoComm.WiSun
{
    /// <summary>
    /// In what the two families of SKSTACK-IP differ, all of it. What is said to a module depends on its dialect; what
    /// it says is read in both, as the counts of digits tell a side (one digit) and an LQI (two) from every other
    /// field: EVENT <c>nn ip [side] [param]</c>, ERXUDP <c>… mac [lqi] sec [side] len data</c>.
    /// </summary>
    public sealed class SkDialect
    {
        /// <summary>BP35A1, single-hop edition: EINFO ends with a short address of four digits.</summary>
        public static readonly SkDialect A1 = new SkDialect(4, "", "");

        /// <summary>BP35C0, BP35C2 and the like: EINFO ends with the side, one digit, and a side (0 = B route) stands
        /// before the length of SKSENDTO and at the end of SKSCAN.</summary>
        public static readonly SkDialect C2 = new SkDialect(1, "0 ", " 0");

        private readonly int _infoTailDigits;

        private SkDialect(int infoTailDigits, string sendSide, string scanSide)
        {
            _infoTailDigits = infoTailDigits;
            SendSide = sendSide;
            ScanSide = scanSide;
        }

        /// <summary>What stands before the length of SKSENDTO.</summary>
        internal string SendSide { get; }

        /// <summary>What stands at the end of SKSCAN.</summary>
        internal string ScanSide { get; }

        /// <summary>The dialect whose EINFO ends like that.</summary>
        /// <param name="digits">Digits of the last field of EINFO.</param>
        /// <returns>Null for neither.</returns>
        internal static SkDialect OfInfoTail(int digits)
        {
            return digits == A1._infoTailDigits ? A1 : digits == C2._infoTailDigits ? C2 : null;
        }
    }
}
