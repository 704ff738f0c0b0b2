namespace NanoComm.WiSun
{
    /// <summary>Hexadecimal digits as SKSTACK-IP writes them: 0…9 and capitals.</summary>
    internal static class SkDigits
    {
        /// <summary>The value of each byte as a digit; -1 for what is none, and negative is everything that it is put
        /// together with. A table, because the longest line has 2,464 of them: a call each would take the interpreter
        /// longer than the line takes to arrive.</summary>
        public static readonly sbyte[] Values = MakeValues();

        private static sbyte[] MakeValues()
        {
            var values = new sbyte[256];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (sbyte)(i >= '0' && i <= '9' ? i - '0' : i >= 'A' && i <= 'F' ? i - 'A' + 10 : -1);
            }

            return values;
        }
    }
}
