namespace NanoComm.Hal
{
    /// <summary>A loop whose work is a sequence of questions and answers: plain blocking code against hal.</summary>
    public interface ISequence
    {
        /// <summary>Runs until a wait answers <see cref="WaitResult.Stopping"/>. Returning earlier ends the loop.</summary>
        void Run();
    }
}
