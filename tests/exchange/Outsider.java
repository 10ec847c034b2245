/*
 * BouncyCastle is asked about files of ours, one line of the list each:
 *
 *	signature FILE CONTENT CERTIFICATE yes|no
 *	envelope FILE KEY CONTENT yes|no
 *
 * Says where it does not agree; status 0: nowhere.
 */
import java.io.FileReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.Security;
import java.util.Arrays;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

public class Outsider {
	static Path folder;

	static byte[] read(String name) throws Exception {
		return Files.readAllBytes(folder.resolve(name));
	}

	/* The first object of that class in a PEM file. */
	static <T> T pem(String name, Class<T> wanted) throws Exception {
		try (PEMParser in = new PEMParser(
		    new FileReader(folder.resolve(name).toFile()))) {
			for (;;) {
				Object one = in.readObject();
				if (one == null || wanted.isInstance(one))
					return wanted.cast(one);
			}
		}
	}

	static boolean verifies(String file, String content, String certificate)
	    throws Exception {
		CMSSignedData signed = new CMSSignedData(
		    new CMSProcessableByteArray(read(content)), read(file));
		X509CertificateHolder holder =
		    pem(certificate, X509CertificateHolder.class);
		int good = 0;
		/* By the key: whether it is valid now is not the question. */
		for (SignerInformation signer : signed.getSignerInfos())
			if (signer.verify(
			    new JcaSimpleSignerInfoVerifierBuilder()
			    .setProvider("BC")
			    .build(new JcaPEMKeyConverter()
				.setProvider("BC").getPublicKey(
				    holder.getSubjectPublicKeyInfo()))))
				good++;
		return good == 1 && signed.getSignerInfos().size() == 1;
	}

	static boolean opens(String file, String key, String content)
	    throws Exception {
		PrivateKey secret = new JcaPEMKeyConverter().setProvider("BC")
		    .getPrivateKey(pem(key, PrivateKeyInfo.class));
		CMSAuthEnvelopedData sealed =
		    new CMSAuthEnvelopedData(read(file));
		RecipientInformation receiver =
		    sealed.getRecipientInfos().iterator().next();
		byte[] opened = receiver.getContent(
		    secret.getAlgorithm().equals("RSA") ?
			new JceKeyTransEnvelopedRecipient(secret)
			    .setProvider("BC") :
			new JceKeyAgreeEnvelopedRecipient(secret)
			    .setProvider("BC"));
		return Arrays.equals(opened, read(content));
	}

	static boolean accepts(String[] w) {
		try {
			return w[0].equals("signature") ?
			    verifies(w[1], w[2], w[3]) :
			    opens(w[1], w[2], w[3]);
		} catch (Exception e) {
			if (w[4].equals("yes"))
				System.out.println(e);
			return false;
		}
	}

	public static void main(String[] args) throws Exception {
		boolean agrees = true;
		int lines = 0;

		Security.addProvider(new BouncyCastleProvider());
		folder = Path.of(args[0]);
		for (String line : Files.readAllLines(folder.resolve("list"))) {
			String[] w = line.split(" ");
			if (accepts(w) != w[4].equals("yes")) {
				System.out.println("not agreed: " + line);
				agrees = false;
			}
			lines++;
		}
		System.out.println(lines + " files");
		System.exit(agrees && lines > 0 ? 0 : 1);
	}
}
