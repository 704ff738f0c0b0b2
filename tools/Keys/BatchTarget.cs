using System.IO;

namespace NanoComm.Keys
{
    /// <summary>Where the tickets of a batch go, and what is done with what is there already.</summary>
    public sealed record BatchTarget
    {
        /// <summary>The folder of their files; null where they go to no folder.</summary>
        public string Folder { get; init; }

        /// <summary>Whether what is done already is done again.</summary>
        public bool Again { get; init; }

        /// <summary>Whether files that are there may be replaced.</summary>
        public bool Replace { get; init; }

        /// <summary>The ticket's file.</summary>
        internal string PathOf(in TicketRequest request) => Path.Combine(Folder, TicketFile.NameOf(request));
    }
}
