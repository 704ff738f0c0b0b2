namespace NanoComm.Keys
{
    /// <summary>Names of ticket files.</summary>
    public static class TicketFile
    {
        /// <summary>How their names end.</summary>
        public const string Extension = ".nct";

        /// <summary>The name of the file of a ticket: the meter, as a technician looks for it, and the unit.</summary>
        public static string NameOf(in TicketRequest request)
        {
            string order = request.Kind == TicketKind.Retire ? "-retire" : "";
            return $"{request.Meter}-{request.Unit}{order}{Extension}";
        }
    }
}
