/*
 * names.h - names as registers of five countries write them; each row is one
 * name, and the people made of them are invented.
 */
#ifndef IHALA_TEST_NAMES_H
#define IHALA_TEST_NAMES_H

#include <stddef.h>

enum { SPELLINGS = 6 };

/* In Arabic where it has an Arabic form, then in Latin letters. */
static const char *const given_names[][SPELLINGS] = {
	{ "محمد", "Mohamed", "Muhammad", "Mohammed", "Mouhamed", "Mohamad" },
	{ "أحمد", "احمد", "Ahmed", "Ahmad", "AHMED" },
	{ "فاطمة", "فاطمه", "Fatima", "Fatma", "Fatouma", "Fatimah" },
	{ "خديجة", "Khadija", "Khadidja", "Kadidja", "Khadijah" },
	{ "عائشة", "عايشة", "Aïcha", "Aisha", "Aicha", "Aïsha" },
	{ "يوسف", "Youssef", "Yusuf", "Youcef", "Yousef" },
	{ "إبراهيم", "ابراهيم", "Ibrahim", "Brahim", "Ibrahima" },
	{ "عبد الله", "عبدالله", "Abdallah", "Abdellah", "Abdullah",
	    "Abdoulaye" },
	{ "عبد الرحمن", "عبدالرحمان", "Abderrahmane", "Abdel Rahman",
	    "Abdul-Rahman", "Abd El Rahmane" },
	{ "نور الدين", "نورالدين", "Noureddine", "Nour El Din", "Nureddin" },
	{ "عثمان", "Othmane", "Osman", "Othman", "Outhmane" },
	{ "جمال", "Jamal", "Gamal", "Djamel", "Jamel" },
	{ "قاسم", "Kacem", "Qasim", "Kassem", "Gasim" },
	{ "شريف", "Chérif", "Sherif", "Cherif", "Sharif" },
	{ "وفاء", "Ouafae", "Wafa", "Wafaa", "Ouafa" },
	{ "وليد", "Oualid", "Walid", "Waleed" },
	{ "زينب", "Zineb", "Zaynab", "Zeinab", "Zainab" },
	{ "سعيد", "Saïd", "Said", "Saeed", "Sayed" },
	{ "هدى", "Houda", "Hoda", "Huda" },
	{ "هبة", "Heba", "Hiba", "Hibah" },
	{ "ياسين", "Yassine", "Yasin", "Yaseen", "Iassine" },
	{ "مريم", "Mariam", "Meryem", "Maryam", "Meriem", "Myriam" },
	{ "أمينة", "Amina", "Aminah", "Ameena" },
	{ "كوثر", "Kaouthar", "Kawthar", "Kaoutar", "Kauther" },
	{ "غيثة", "Ghita", "Ghitha", "Rhita" },
	{ "منذر", "Mondher", "Monzer", "Mounder" },
	{ "رشيد", "Rachid", "Rashid", "Rasheed" },
	{ "بشرى", "Bouchra", "Bushra", "Boushra" },
	{ "أبو بكر", "ابوبكر", "Boubker", "Aboubacar", "Abu Bakr",
	    "Abou Bakar" },
	{ "أيوب", "Ayoub", "Ayub", "Aïoub" },
	{ "حياة", "Hayat", "Hayet" },
	{ "إلياس", "الياس", "Elias", "Ilyas", "Ilias" },
	{ "سارة", "ساره", "Sara", "Sarah" },
	{ "طارق", "Tarek", "Tariq", "Tarik" },
	{ "Aminata", "AMINATA", "Aminatha" },
	{ "Kouadio", "KOUADIO" },
	{ "Affoué", "Affoue", "Afoué" },
	{ "Adjoua", "Adjua", "Ajoua" },
	{ "Koffi", "Kofi", "KOFFI" },
};

static const char *const family_names[][SPELLINGS] = {
	{ "الإدريسي", "ادريسي", "El Idrissi", "Idrissi", "Al-Idrisi",
	    "Elidrissi" },
	{ "العمراني", "El Amrani", "Amrani", "Al Amrani", "Elamrani" },
	{ "بن علي", "بنعلي", "Ben Ali", "Benali", "Ben-Ali" },
	{ "الخطابي", "El Khattabi", "Khattabi", "Al Khatabi", "El Katabi" },
	{ "التازي", "Tazi", "Et-Tazi", "Al Tazi" },
	{ "بنسودة", "Bensouda", "Ben Souda", "Bensoudah" },
	{ "العلوي", "Alaoui", "El Alaoui", "Alawi", "Al-Alawi" },
	{ "الشرقاوي", "Cherkaoui", "Sharqawi", "El Cherkaoui", "El Sharkawi" },
	{ "بوزيد", "Bouzid", "Bou Zid", "Bouzide" },
	{ "الطرابلسي", "Trabelsi", "El Trabelsi", "Trabelssi" },
	{ "الهمامي", "Hammami", "Al Hamami", "Elhammami" },
	{ "الغنوشي", "Ghannouchi", "Al Ghanushi", "El Ghannouchi" },
	{ "السيسي", "Sissi", "El Sisi", "Al-Sissi" },
	{ "المصري", "El Masry", "Masri", "Elmasri", "Al Masri" },
	{ "عبد الكريم", "عبدالكريم", "Abdelkrim", "Abdel Karim", "Abdulkarim" },
	{ "فتحي", "Fathi", "Fethi", "Fathy" },
	{ "صبري", "Sabri", "Sabry" },
	{ "زكرياء", "زكريا", "Zakaria", "Zakariya", "Zakariyya" },
	{ "الطيب", "El Tayeb", "Tayeb", "Eltayeb", "Taieb" },
	{ "آدم", "Adam", "Adem", "Adamm" },
	{ "إسحاق", "اسحق", "Ishaq", "Ishak", "Isḥāq" },
	{ "دينق", "Deng", "Denk" },
	{ "البشير", "El Bashir", "Bachir", "Elbashir", "Béchir" },
	{ "الزبير", "Zoubir", "El Zubair", "Zubeir" },
	{ "تراوري", "Traoré", "Traore", "TRAORE" },
	{ "كوليبالي", "Coulibaly", "Koulibaly", "Coulibali" },
	{ "واتارا", "Ouattara", "Watara", "OUATTARA" },
	{ "N'Guessan", "Nguessan", "N’Guessan" },
	{ "Kouassi", "KOUASSI", "Kouassy" },
	{ "Diabaté", "Diabate", "DIABATÉ" },
	{ "Bamba", "BAMBA" },
	{ "Yapi", "YAPI", "Yapy" },
	{ "Gnagne", "GNAGNE" },
	{ "Sangaré", "Sangare" },
	{ "بلقاسم", "Belkacem", "Belgacem", "Bel Kacem" },
	{ "حمدان", "Hamdane", "Hamdan" },
	{ "المنصوري", "Mansouri", "El Mansouri", "Al-Mansoori" },
	{ "قرقوري", "Guergouri", "Kerkouri", "Gargouri" },
	{ "ظاهر", "Dhaher", "Zaher", "Daher" },
	{ "رمضان", "Ramadan", "Ramdane", "Ramadhan" },
};

#define GIVEN_NAMES (sizeof given_names / sizeof given_names[0])
#define FAMILY_NAMES (sizeof family_names / sizeof family_names[0])

#endif
