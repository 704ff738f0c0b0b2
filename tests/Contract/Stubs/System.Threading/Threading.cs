namespace System.Threading
{
    // Referenced by other packages, not used by this project.
    public class OperationCanceledException : SystemException
    {
        public OperationCanceledException() => throw null;

        public OperationCanceledException(string message) => throw null;

        public OperationCanceledException(string message, Exception innerException) => throw null;
    }
}
