using System.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>order</c>.</summary>
    internal static class OrderCommand
    {
        public static Command Make()
        {
            return new Command("order", "An order that the key office made (kms order): take it to its unit, and fetch the answer.")
            {
                OrderPost.Make(),
                OrderStatus.Make(),
            };
        }
    }
}
