using System;
using System.CommandLine;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>The command <c>kms roles</c>.</summary>
    internal static class KmsRoles
    {
        public static Command Make()
        {
            var command = new Command("roles", "Print the statements that give clerks and readers their rights on a server, for psql.");
            command.Does(_ =>
            {
                Console.Out.WriteLine(LedgerRoles.Script);
                return 0;
            });
            return command;
        }
    }
}
