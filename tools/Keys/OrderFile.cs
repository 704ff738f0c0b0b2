using System.IO;

namespace NanoComm.Keys
{
    /// <summary>Names of order files.</summary>
    public static class OrderFile
    {
        /// <summary>How their names end.</summary>
        public const string Extension = ".nco";

        /// <summary>The name of the file of an order: a unit has one open order.</summary>
        public static string NameOf(SystemTitle unit) => unit + Extension;

        /// <summary>The file of an order that was made anew, beside that of the ticket that made it necessary.</summary>
        /// <param name="ticket">The ticket's file.</param>
        public static string Beside(string ticket)
        {
            string beside = Path.ChangeExtension(ticket, Extension);
            return beside == ticket ? ticket + Extension : beside;
        }
    }
}
